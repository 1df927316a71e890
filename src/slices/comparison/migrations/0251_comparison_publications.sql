-- A version of a list may be given again by another file: each stays, and which one counts is a choice (publication_choice).
DROP INDEX comparison_list_version;

CREATE INDEX comparison_list_version ON comparison_list (name, version);
