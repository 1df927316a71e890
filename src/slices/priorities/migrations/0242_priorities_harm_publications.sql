-- A version of a list of weights may be given again by another file: each stays, and which one counts is a choice (publication_choice).
DROP INDEX priorities_harm_list_version;

CREATE INDEX priorities_harm_list_version ON priorities_harm_list (name, version);
