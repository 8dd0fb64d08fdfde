"""Starts SecantusDB's Python server, which at its start walks over every document to find the newest record id.

Records are sorted by (database, collection, record id), so the last row of each collection tells the same: a start then takes as
long with a million messages as with none.
"""

from secantus import storage
from secantus.cli import main


def newest_record_id(self):
    newest = 0
    for shard in range(storage._DOC_SHARDS):
        rows = self._cursor_optional(storage._doc_shard_name(shard))
        if rows is None:
            continue
        rows.reset()
        found = rows.prev() == 0
        while found:
            database, collection, record_id = rows.get_key()
            newest = max(newest, int(record_id))
            # Before the collection's first row, where record ids begin with 1: on the last row of the collection before it.
            rows.set_key(database, collection, 0)
            place = rows.search_near()
            found = place != storage.wt.WT_NOTFOUND and (place < 0 or rows.prev() == 0)
        rows.reset()
    return newest


walk_over_all = storage.Storage._scan_max_nat_seq
storage.Storage._scan_max_nat_seq = newest_record_id

if __name__ == "__main__":
    main()
