-- Browsers from which an account has signed in. Guesses from elsewhere do not make them wait. Only the SHA-256 of the token that
-- the browser keeps is here.
CREATE TABLE known_device (
  device_hash TEXT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES account (id),
  first_seen_at BIGINT NOT NULL,
  last_seen_at BIGINT NOT NULL,
  PRIMARY KEY (device_hash, account_id)
);

CREATE INDEX known_device_by_account ON known_device (account_id);

-- The known device of that account from which the attempt came; empty for any other. From here on remote_address holds the client's
-- network: an IPv4 address, or the /64 of an IPv6 one.
ALTER TABLE sign_in_attempt ADD COLUMN device_hash TEXT NOT NULL DEFAULT '';
