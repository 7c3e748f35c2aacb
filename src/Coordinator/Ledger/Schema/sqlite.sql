-- The ledger in SQLite: Akka.Persistence.Sql's journal and snapshots, and the version of what they hold.
BEGIN IMMEDIATE;
CREATE TABLE journal (
    ordering        INTEGER       NOT NULL PRIMARY KEY AUTOINCREMENT,
    created         INTEGER       NOT NULL,
    deleted         BIT           NOT NULL,
    persistence_id  NVARCHAR(255) NOT NULL,
    sequence_number INTEGER       NOT NULL,
    message         VARBINARY     NOT NULL,
    manifest        NVARCHAR(500) NULL,
    identifier      INTEGER       NULL,
    writer_uuid     NVARCHAR(128) NULL
);
CREATE UNIQUE INDEX journal_uq ON journal (persistence_id, sequence_number);
CREATE INDEX journal_created_idx ON journal (created);
CREATE INDEX journal_sequence_number_idx ON journal (sequence_number);
CREATE TABLE tags (
    ordering_id    INTEGER       NOT NULL,
    tag            NVARCHAR(64)  NOT NULL,
    sequence_nr    INTEGER       NOT NULL,
    persistence_id NVARCHAR(255) NOT NULL,
    CONSTRAINT PK_tags PRIMARY KEY (ordering_id, tag)
);
CREATE INDEX tags_persistence_id_sequence_nr_idx ON tags (persistence_id, sequence_nr);
CREATE INDEX tags_tag_idx ON tags (tag);
CREATE TABLE snapshot (
    persistence_id  NVARCHAR(255) NOT NULL,
    sequence_number INTEGER       NOT NULL,
    created         INTEGER       NOT NULL,
    snapshot        VARBINARY     NULL,
    manifest        NVARCHAR(500) NULL,
    serializer_id   INTEGER       NULL,
    CONSTRAINT PK_snapshot PRIMARY KEY (persistence_id, sequence_number)
);
CREATE INDEX snapshot_sequence_number_idx ON snapshot (sequence_number);
CREATE INDEX snapshot_created_idx ON snapshot (created);
CREATE TABLE stillhouse_ledger (version INTEGER NOT NULL);
INSERT INTO stillhouse_ledger (version) VALUES (1);
COMMIT;
