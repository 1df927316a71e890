-- The second factor of an account: the key that it shares with an app, and the step of the last code that was taken. A server has
-- to know the key itself, so it is here as it is: whoever reads the store can make codes, but knows no password.
CREATE TABLE account_second_factor (
  account_id BIGINT NOT NULL PRIMARY KEY REFERENCES account (id),
  shared_key TEXT NOT NULL,
  enrolled_at BIGINT NOT NULL,
  last_step BIGINT NOT NULL
);

-- For when the app is lost, each once. Only the SHA-256 is here.
CREATE TABLE account_recovery_code (
  account_id BIGINT NOT NULL REFERENCES account (id),
  code_hash TEXT NOT NULL,
  used_at BIGINT,
  PRIMARY KEY (account_id, code_hash)
);

-- Roles that nobody uses without a second factor.
CREATE TABLE role_second_factor (
  role TEXT NOT NULL PRIMARY KEY
);

-- A sign-in whose first step was taken: the password was right, the second factor is still to come.
CREATE TABLE sign_in_step (
  token_hash TEXT NOT NULL PRIMARY KEY,
  account_id BIGINT NOT NULL REFERENCES account (id),
  made_at BIGINT NOT NULL
);

CREATE INDEX sign_in_step_by_account ON sign_in_step (account_id);

-- Whether the session was opened with a second factor.
ALTER TABLE account_session ADD COLUMN second_factor BIGINT NOT NULL DEFAULT 0;
