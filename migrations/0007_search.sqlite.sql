-- The index of words: for each record its words, their beginnings and its object, without the texts themselves.
-- The words come folded and cut; the tokenizer only has to part them at blanks. One file holds one tenant.

CREATE VIRTUAL TABLE search USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    detail = none,
    tokenize = "ascii tokenchars '.-*@'"
);

-- Imports write many small pieces: merging eight at a time costs a third less than four.
INSERT INTO search (search, rank) VALUES ('automerge', 8);

-- The words that are compared with mistyped ones. `added` is renewed while a word is in use.
CREATE TABLE search_word (
    tenant_id  BIGINT NOT NULL,
    word       TEXT   NOT NULL,
    added      BIGINT NOT NULL,
    PRIMARY KEY (tenant_id, word)
) /* clustered */;

CREATE INDEX search_word_by_age ON search_word (tenant_id, added, word);
