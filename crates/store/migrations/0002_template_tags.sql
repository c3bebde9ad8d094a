-- Tags of an assessment template, as JSON; none until they are set.

ALTER TABLE template ADD COLUMN tags TEXT;
