-- What somebody typed into a form and has not sent yet: one for each account and form. `seen_version` is the version of the
-- thing that the form showed when it was opened, empty for something new; `fields` are name=value pairs, percent-encoded.
CREATE TABLE draft (
  account BIGINT NOT NULL,
  form TEXT NOT NULL,
  title TEXT NOT NULL,
  address TEXT NOT NULL,
  seen_version TEXT NOT NULL,
  fields TEXT NOT NULL,
  saved_at BIGINT NOT NULL,
  PRIMARY KEY (account, form)
);

CREATE INDEX draft_by_time ON draft (saved_at);
