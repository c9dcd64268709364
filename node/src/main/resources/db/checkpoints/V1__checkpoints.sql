-- Newest checkpoints, in a database of their own: restoring a backup of the node's database must not
-- turn them back. Its own backups are never restored either; a lost one is told by the witnesses.
create table checkpoints (
    store text  not null check (store in ('own', 'cosigned')),
    key   text  not null check (length(key) between 1 and 240),
    value bytea not null,
    primary key (store, key)
);
