-- What of a fact its paper does not say, and from which words of it that is inferred; empty where the paper says it.
ALTER TABLE bodies_fact ADD COLUMN inferred TEXT NOT NULL DEFAULT '';

ALTER TABLE bodies_proposal_edit ADD COLUMN inferred TEXT NOT NULL DEFAULT '';
