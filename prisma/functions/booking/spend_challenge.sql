-- Spends a proof of work; false when it was spent before.
CREATE OR REPLACE FUNCTION spend_challenge(challenge_salt text, challenge_expires_at timestamptz) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  DELETE FROM used_challenge WHERE expires_at < now() - interval '1 hour';
  INSERT INTO used_challenge (salt, expires_at) VALUES (challenge_salt, challenge_expires_at) ON CONFLICT DO NOTHING;
  RETURN FOUND;
END $$;
