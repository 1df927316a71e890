-- Whom a provider of accounts knows as which account here (OpenID Connect): the provider, and its own name for that person, which
-- never goes to another.
CREATE TABLE account_subject (
  issuer TEXT NOT NULL,
  subject TEXT NOT NULL,
  account_id BIGINT NOT NULL REFERENCES account (id),
  linked_at BIGINT NOT NULL,
  PRIMARY KEY (issuer, subject)
);

CREATE INDEX account_subject_by_account ON account_subject (account_id);
