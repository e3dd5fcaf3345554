"""A database opened and checked: our tables in our version, or an error that says why not."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import exc
from sqlalchemy.pool import ConnectionPoolEntry

from reports import schema
from rules.errors import EnvironmentFault, StoredDataError, UsageError

PATIENCE_S = 30.0

_ABSENT_OR_FULL = frozenset({"SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_PERM"})
_OCCUPIED = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED"})


def connect(where: str | Path, *, create: bool) -> sa.Engine:
    """An engine for a file's path or a database URL, its tables made where `create` allows and checked."""
    url = _url(where)
    _prepare_folder(url, create=create)
    try:
        engine = sa.create_engine(url, **_options(url))
    except (exc.ArgumentError, exc.NoSuchModuleError, ModuleNotFoundError) as error:
        raise UsageError(f"This store cannot be used: {error}.", where=_name(url)) from None
    if url.get_backend_name() == "sqlite":
        _tame_sqlite(engine)
    try:
        with writing(engine) as connection:
            _check(connection, _name(url))
    except BaseException:
        engine.dispose()
        raise
    return engine


@contextmanager
def writing(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that takes the right to write at once, so that it cannot fail half-way for want of it."""
    with explained(engine), engine.connect().execution_options(curbcut_writes=True) as connection, connection.begin():
        yield connection


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that sees a single state of the database, whatever is written meanwhile."""
    with explained(engine), engine.connect() as connection, connection.begin():
        yield connection


def give_room_back(engine: sa.Engine) -> None:
    """Makes a file as small as what is in it, so that what was removed is gone; servers do this by themselves."""
    if engine.url.get_backend_name() != "sqlite":
        return
    # Past SQLAlchemy, as this cannot be done within a transaction.
    with explained(engine), contextlib.closing(engine.raw_connection()) as connection:
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            connection.cursor().execute(statement)


@contextmanager
def explained(engine: sa.Engine) -> Iterator[None]:
    """Turns the database's own errors into ours: a file that is broken, or a machine that lacks something."""
    try:
        yield
    except exc.DBAPIError as error:
        where = _name(engine.url)
        code = getattr(error.orig, "sqlite_errorname", "")
        family = "_".join(code.split("_")[:2])
        if family in _OCCUPIED:
            raise EnvironmentFault(
                f"Another program has been writing to this store for more than {PATIENCE_S:.0f} seconds.",
                where=where,
                do="Wait for it, or give this run its own with --store.",
            ) from error
        if family in _ABSENT_OR_FULL:
            raise EnvironmentFault(
                f"This store cannot be opened or written: {error.orig}.",
                where=where,
                do="Make room or make its folder writable, or choose another with --store.",
            ) from error
        if isinstance(error, exc.IntegrityError):
            raise
        raise StoredDataError(f"This store cannot be read: {error.orig}.", where=where) from error


def _url(where: str | Path) -> sa.URL:
    if isinstance(where, Path) or "://" not in where:
        return sa.URL.create("sqlite", database=str(where))
    try:
        return sa.make_url(where)
    except exc.ArgumentError:
        raise UsageError("This is neither a file nor a database URL.", where=str(where)) from None


def _name(url: sa.URL) -> str:
    file = url.get_backend_name() == "sqlite" and url.database
    return file or url.render_as_string(hide_password=True)


def _options(url: sa.URL) -> dict[str, object]:
    return {"connect_args": {"timeout": PATIENCE_S}} if url.get_backend_name() == "sqlite" else {}


def _prepare_folder(url: sa.URL, *, create: bool) -> None:
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    file = Path(url.database)
    if not create and not file.exists():
        raise StoredDataError("There is no such store.", where=str(file), do="`curbcut scan` makes one.")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentFault(
            f"The folder of the store cannot be made: {error.strerror}.",
            where=str(file.parent),
            do="Choose another place with --store.",
        ) from None


def _tame_sqlite(engine: sa.Engine) -> None:
    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sa.engine.interfaces.DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver must not open transactions by itself; `begin` below does, of the right kind.
        connection.isolation_level = None
        # With a write-ahead log a killed process loses nothing that was committed. NORMAL leaves out a
        # wait for the disk per page; only a power cut can then take the last pages, and leaves no half ones.
        for setting in ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {setting}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("curbcut_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_ADDED = {3: (schema.assets,)}
"""By an earlier layout, the tables that have come since; nothing else of it has changed."""


def _check(connection: sa.Connection, name: str) -> None:
    tables = set(sa.inspect(connection).get_table_names())
    if not tables:
        schema.metadata.create_all(connection)
        connection.execute(sa.insert(schema.version).values(version=schema.STORE_VERSION))
        return
    if schema.version.name not in tables:
        raise StoredDataError("This is a database of another program.", where=name, do="Choose another with --store.")
    found = _brought_up(connection, connection.execute(sa.select(schema.version.c.version)).scalar(), tables)
    if found != schema.STORE_VERSION:
        age = "a newer" if isinstance(found, int) and found > schema.STORE_VERSION else "another"
        raise StoredDataError(
            f"This store was made by {age} version of Curbcut (layout {found}, this one reads {schema.STORE_VERSION}).",
            where=name,
            do="Use that version, or give this run its own store with --store.",
        )
    missing = sorted(set(schema.metadata.tables) - tables)
    if missing:
        raise StoredDataError(f"This store lacks the table {missing[0]}.", where=name)


def _brought_up(connection: sa.Connection, found: int | None, tables: set[str]) -> int | None:
    """The layout of a store after what an earlier version of Curbcut did not know was added to it."""
    if found not in _ADDED:
        return found
    for table in _ADDED[found]:
        table.create(connection, checkfirst=True)
        tables.add(table.name)
    connection.execute(sa.update(schema.version).values(version=schema.STORE_VERSION))
    return schema.STORE_VERSION
