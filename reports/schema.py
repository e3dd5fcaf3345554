"""The tables of the store: scans are numbered and kept, and everything below a scan goes with it.

Facts are stored as the JSON that results.json has, so that a report is the same from either. Only what
queries need stands in columns of its own. Keys are natural ones: the scan's number, the site's place in
the scan, the page's place in the site's queue. Nothing here is particular to SQLite.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

STORE_VERSION = 4

metadata = MetaData()

version = Table("curbcut_store", metadata, Column("version", Integer, primary_key=True, autoincrement=False))

scans = Table(
    "scans",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("started", String(40), nullable=False),
    Column("finished", String(40), nullable=False),
    Column("complete", Boolean, nullable=False),
    Column("settings", Text, nullable=False),
    Column("tool", Text, nullable=False),
    Column("rules", Text, nullable=False),
    sqlite_autoincrement=True,
)

# `result` is the SiteResult without its pages; `target` is what the scanner needs to go on after a stop.
sites = Table(
    "sites",
    metadata,
    Column("scan", ForeignKey("scans.number", ondelete="CASCADE"), primary_key=True),
    Column("site", Integer, primary_key=True, autoincrement=False),
    Column("url", Text, nullable=False),
    Column("finished", Boolean, nullable=False),
    Column("target", Text, nullable=False),
    Column("result", Text, nullable=False),
)

# The strata of a site's sample: patterns of addresses, by a hash of seed and pattern. `chosen` and `drawn` are
# how many of the `known` addresses were handed out, deliberately or at random.
strata = Table(
    "strata",
    metadata,
    Column("scan", Integer, primary_key=True),
    Column("site", Integer, primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("pattern", Text, nullable=False),
    Column("known", BigInteger, nullable=False),
    Column("chosen", BigInteger, nullable=False),
    Column("drawn", BigInteger, nullable=False),
    ForeignKeyConstraint(["scan", "site"], ["sites.scan", "sites.site"], ondelete="CASCADE"),
    Index("strata_by_turn", "scan", "site", "chosen", "drawn", "known", "key"),
)

# `key` is a hash of the normalised address: addresses are longer than an index may hold elsewhere. `ordinal` is
# the order in which addresses became known, `pick` the order in which they were handed out, null before. `stratum`
# and `draw` (a hash of seed and address) decide over that order; `random` says that it was a draw. `put_off` is how
# often the server asked to come again later.
queue = Table(
    "queue",
    metadata,
    Column("scan", Integer, primary_key=True),
    Column("site", Integer, primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("key", String(64), nullable=False),
    Column("url", Text, nullable=False),
    Column("depth", Integer, nullable=False),
    Column("found_on", Text, nullable=False),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("put_off", Integer, nullable=False, default=0),
    Column("expanded", Boolean, nullable=False),
    Column("stratum", String(64), nullable=False),
    Column("draw", String(64), nullable=False),
    Column("pick", Integer),
    Column("random", Boolean, nullable=False),
    ForeignKeyConstraint(["scan", "site"], ["sites.scan", "sites.site"], ondelete="CASCADE"),
    UniqueConstraint("scan", "site", "key"),
    Index("queue_by_state", "scan", "site", "state", "pick"),
    Index("queue_by_expansion", "scan", "site", "expanded", "pick"),
    Index("queue_by_pick", "scan", "site", "pick", "ordinal"),
    Index("queue_by_draw", "scan", "site", "stratum", "pick", "draw"),
)

# Addresses that a crawl left out for a reason that the report tells, by the same key; one that is found again
# and let in stands in the queue as well, and no longer counts here.
cuts = Table(
    "cuts",
    metadata,
    Column("scan", Integer, primary_key=True),
    Column("site", Integer, primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("pattern", Text, nullable=False),
    ForeignKeyConstraint(["scan", "site"], ["sites.scan", "sites.site"], ondelete="CASCADE"),
)

# A row says that a site's sitemaps were read, and what there was to note; their addresses stand in the queue.
discoveries = Table(
    "discoveries",
    metadata,
    Column("scan", Integer, primary_key=True),
    Column("site", Integer, primary_key=True),
    Column("notes", Text, nullable=False),
    ForeignKeyConstraint(["scan", "site"], ["sites.scan", "sites.site"], ondelete="CASCADE"),
)

# `links` wait here until the pages before this one are done, and are null from then on.
pages = Table(
    "pages",
    metadata,
    Column("scan", Integer, primary_key=True),
    Column("site", Integer, primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("result", Text, nullable=False),
    Column("digest", Text),
    Column("links", Text),
    ForeignKeyConstraint(
        ["scan", "site", "ordinal"], ["queue.scan", "queue.site", "queue.ordinal"], ondelete="CASCADE"
    ),
)

# What failed or needs a person, for sums by fingerprint; `line` is the outcome's place in the page's result.
findings = Table(
    "findings",
    metadata,
    Column("scan", Integer, primary_key=True),
    Column("site", Integer, primary_key=True),
    Column("ordinal", Integer, primary_key=True),
    Column("line", Integer, primary_key=True, autoincrement=False),
    Column("rule", String(200), nullable=False),
    Column("verdict", String(12), nullable=False),
    Column("fingerprint", String(64), nullable=False),
    Column("impact", String(12), nullable=False),
    Column("count", Integer, nullable=False),
    ForeignKeyConstraint(
        ["scan", "site", "ordinal"], ["pages.scan", "pages.site", "pages.ordinal"], ondelete="CASCADE"
    ),
    Index("findings_by_fingerprint", "scan", "fingerprint"),
)

# Pictures of pages by the names that their bytes give them; `size` stands apart so that a sum reads no picture.
assets = Table(
    "assets",
    metadata,
    Column("scan", ForeignKey("scans.number", ondelete="CASCADE"), primary_key=True),
    Column("name", String(80), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)
