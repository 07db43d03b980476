# SPDX-License-Identifier: Apache-2.0
"""SQLAlchemy 2: tables made and dropped by metadata, the ORM with relations and eager loading, Core constructs, and
the names that inspect() tells."""

import datetime
import decimal
import enum
import os
import uuid

from common import show
from sqlalchemy import (ARRAY, BigInteger, Boolean, CheckConstraint, Column, Computed, Date, DateTime, Enum, Float, ForeignKey,
                        Identity, Index, Integer, Interval, LargeBinary, MetaData, Numeric, Sequence, String, Table, Text, Time,
                        UniqueConstraint, Uuid, case, create_engine, delete, exists, func, insert, inspect, select, text, tuple_,
                        update)
from sqlalchemy.dialects.postgresql import ARRAY as PgArray
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, aliased, mapped_column, relationship, selectinload, joinedload
from sqlalchemy.schema import CreateTable

engine = create_engine("postgresql+psycopg://", connect_args={
    "host": os.environ["PGHOST"], "port": os.environ["PGPORT"], "user": os.environ["PGUSER"], "dbname": os.environ["PGDATABASE"]})


class Base(DeclarativeBase):
    pass


class Colour(enum.Enum):
    red = 1
    blue = 2


class Author(Base):
    __tablename__ = "sa_author"
    __table_args__ = (UniqueConstraint("name", "born", name="author_name_born"), CheckConstraint("length(name) > 0", name="name_there"),
                      {"comment": "who writes"})
    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    name: Mapped[str] = mapped_column(String(50), index=True, comment="in full")
    born: Mapped[datetime.date | None]
    colour: Mapped[Colour | None] = mapped_column(Enum(Colour, name="sa_colour"))
    books: Mapped[list["Book"]] = relationship(back_populates="author", cascade="all, delete-orphan", order_by="Book.title")


class Book(Base):
    __tablename__ = "sa_book"
    id: Mapped[uuid.UUID] = mapped_column(Uuid, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    price: Mapped[decimal.Decimal] = mapped_column(Numeric(8, 2), server_default=text("9.99"))
    tags: Mapped[list[str]] = mapped_column(PgArray(String), server_default="{}")
    author_id: Mapped[int] = mapped_column(ForeignKey("sa_author.id", ondelete="CASCADE", onupdate="RESTRICT"))
    author: Mapped[Author] = relationship(back_populates="books")


many = Table("sa_many", Base.metadata, Column("a", Integer, Sequence("sa_many_seq", start=5), primary_key=True),
             Column("b", BigInteger, nullable=False), Column("c", Float), Column("d", Boolean, server_default=text("true")),
             Column("e", DateTime(timezone=True), server_default=func.now()), Column("f", Time), Column("g", Interval),
             Column("h", LargeBinary), Column("i", Integer, Computed("a * 2", persisted=True)), Column("j", ARRAY(Integer, dimensions=2)),
             Column("k", Date), Column("l", String(3), server_default="abc"),
             Index("many_partial", "b", postgresql_where=text("b > 10"), postgresql_include=["c"]),
             Index("many_lower", func.lower(text("l")), unique=True), Index("many_desc", text("b DESC NULLS LAST")))

Base.metadata.create_all(engine)
Base.metadata.create_all(engine)
show("made", str(CreateTable(many).compile(engine)).count("\n"))

with Session(engine) as session:
    ada = Author(name="Ada", born=datetime.date(1815, 12, 10), colour=Colour.red)
    ada.books = [Book(id=uuid.UUID(int=i), title=f"book {i}", tags=["x", f"t{i}"]) for i in range(1, 4)]
    session.add_all([ada, Author(name="Bob"), Author(name="Cyd", colour=Colour.blue, books=[Book(id=uuid.UUID(int=9), title="last", price=1)])])
    session.commit()
    show("ids", ada.id, [b.price for b in ada.books])
with Session(engine) as session:
    for loading in (selectinload, joinedload):
        found = session.scalars(select(Author).options(loading(Author.books)).order_by(Author.name)).unique().all()
        show(loading.__name__, [(a.name, a.colour, [b.title for b in a.books]) for a in found])
    other = aliased(Author)
    show("grouped", [tuple(r) for r in session.execute(
        select(Author.name, func.count(Book.id), func.max(Book.price), func.array_agg(Book.title))
        .outerjoin(Author.books).group_by(Author.name).having(func.count(Book.id) > 0).order_by(Author.name))])
    show("exists", session.scalars(select(Author.name).where(exists().where(Book.author_id == Author.id, Book.tags.contains(["t2"])))).all())
    show("window", [tuple(r) for r in session.execute(
        select(Book.title, func.row_number().over(partition_by=Book.author_id, order_by=Book.title.desc())).order_by(Book.title))])
    cte = select(Book.author_id, func.sum(Book.price).label("total")).group_by(Book.author_id).cte("totals")
    show("cte", [tuple(r) for r in session.execute(select(Author.name, cte.c.total).join(cte, cte.c.author_id == Author.id).order_by(Author.name))])
    show("case", session.execute(select(case((Author.born.is_(None), "unknown"), else_="known"), func.count()).group_by(text("1")).order_by(text("1"))).all())
    show("pairs", session.scalars(select(Author.name).where(tuple_(Author.name, Author.colour).in_([("Ada", Colour.red)]))).all())
    session.get(Author, ada.id).books.pop()
    session.get(Author, ada.id).name = "Ada L."
    session.flush()
    show("flushed", session.scalar(select(func.count()).select_from(Book)))
    session.rollback()
    show("updated", session.execute(update(Author).where(Author.born.is_(None)).values(born=datetime.date(2000, 1, 1)).returning(Author.name)).all())
    show("deleted", session.execute(delete(Author).where(Author.name == "Cyd")).rowcount, session.scalar(select(func.count(Book.id))))
    session.commit()

with engine.begin() as connection:
    show("inserted", connection.execute(insert(many).returning(many.c.a, many.c.i, many.c.d),
                                        [{"b": i, "l": f"l{i}", "j": [[i, 1], [2, 3]]} for i in range(20)]).all())
    upsert = pg_insert(many).values(a=5, b=100)
    show("upsert", connection.execute(upsert.on_conflict_do_update(index_elements=["a"], set_={"b": upsert.excluded.b + 1})
                                      .returning(many.c.b)).scalar())
    show("streamed", sum(r.b for r in connection.execute(select(many.c.b), execution_options={"yield_per": 3})))
    try:
        with connection.begin_nested():
            connection.execute(insert(many).values(a=5, b=1))
    except DBAPIError as error:
        show("integrity", type(error).__name__, error.orig.sqlstate)
    show("locked", connection.execute(select(many.c.a).where(many.c.a < 7).with_for_update(skip_locked=True).order_by(many.c.a)).all())

inspector = inspect(engine)
show("tables", sorted(t for t in inspector.get_table_names() if t.startswith("sa_")), sorted(inspector.get_sequence_names()))
show("schemas", inspector.get_schema_names(), inspector.default_schema_name, inspector.has_table("sa_book"), inspector.has_table("nope"))
Base.metadata.drop_all(engine)
show("dropped", [t for t in inspect(engine).get_table_names() if t.startswith("sa_")])
