-- Keys of parts, in a database of their own that backups of the node's database do not contain:
-- a key that is deleted here erases its part everywhere.
create table part_keys (
    channel integer not null,
    leaf    bytea   not null,
    key     bytea   not null,
    primary key (channel, leaf)
);
