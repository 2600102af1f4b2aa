/** Hours, exceptions or absences have changed; entity: the provider, the site or the room concerned. */
export const availabilityChanged = "availability.changed";

export interface AvailabilityEventPayload {
  providerId?: string;
  siteId?: string;
  roomId?: string;
}
