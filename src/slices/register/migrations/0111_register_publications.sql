-- Which look-up, exact fit, table of codes, paper's facts or boundary file counts is asked of the choices (publication_choice) with each reading;
-- what it is asked about stands here already. Files of boundaries are found by their number.
CREATE INDEX area_boundary_by_file ON area_boundary (source_file);
