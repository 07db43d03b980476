#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a shop asks its database all day: examples/bazaar/app.py [SQLALCHEMY_URL]

Reports go through psycopg as plain SQL, the counter through SQLAlchemy's ORM. The answers are printed one a line, the same
on any server that holds the same data.
"""

import datetime
import sys
from decimal import Decimal

import psycopg
from sqlalchemy import ForeignKey, create_engine, func, select
from sqlalchemy.dialects.postgresql import ARRAY, ENUM, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, selectinload
from sqlalchemy.types import Numeric, Text

REPORTS = {
    "turnover a month in each city's own time": """
        SELECT to_char(p.at AT TIME ZONE c.zone, 'YYYY-MM') AS month, c.name, c.currency, sum(l.count * l.price) AS turnover
        FROM purchase p JOIN purchase_line l ON l.purchase = p.id JOIN customer u ON u.id = p.customer JOIN city c ON c.id = u.city
        WHERE p.state <> 'returned' GROUP BY 1, 2, 3 ORDER BY turnover DESC, 1, 2 LIMIT 5""",
    "the busiest hour of the day, by the clocks on the wall": """
        SELECT c.zone, extract(hour FROM p.at AT TIME ZONE c.zone)::int AS hour, count(*)
        FROM purchase p JOIN customer u ON u.id = p.customer JOIN city c ON c.id = u.city
        GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 5""",
    "products that sell best, and their rank within a tag": """
        SELECT tag, name, sold, rank FROM (
            SELECT tag, p.name, sum(l.count) AS sold, rank() OVER (PARTITION BY tag ORDER BY sum(l.count) DESC, p.name) AS rank
            FROM product p CROSS JOIN unnest(p.tags) tag JOIN purchase_line l ON l.product = p.id GROUP BY tag, p.name) ranked
        WHERE rank <= 2 ORDER BY tag, rank""",
    "what people put into baskets, out of the documents": """
        SELECT (item ->> 'id')::int AS product, sum((item ->> 'count')::int) AS wanted
        FROM event CROSS JOIN jsonb_array_elements(document -> 'products') item
        WHERE document ->> 'kind' = 'basket' GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5""",
    "complaints of very important people": """
        SELECT document ->> 'text' AS said, count(*) FROM event JOIN customer u ON u.id = (document ->> 'customer')::bigint
        WHERE document ->> 'kind' = 'complaint' AND u.profile @> '{"vip": true}' GROUP BY 1
        ORDER BY 2 DESC, min(document ->> 'text' COLLATE "C") """,
    "interests by language": """
        SELECT language, array_agg(DISTINCT interest COLLATE "C") FROM customer u JOIN city c ON c.id = u.city
        CROSS JOIN unnest(interests) interest WHERE 'чай' = ANY (interests) GROUP BY language ORDER BY language LIMIT 4""",
    "customers who never bought": """
        SELECT count(*), min(email) FROM customer u WHERE NOT EXISTS (SELECT FROM purchase p WHERE p.customer = u.id)""",
    "money, to the cent": """
        SELECT state, count(*), sum(total), round(avg(total), 4), max(total) FROM (
            SELECT p.id, p.state, sum(l.count * l.price) AS total FROM purchase p JOIN purchase_line l ON l.purchase = p.id
            GROUP BY p.id, p.state) each GROUP BY state ORDER BY state""",
}


class Base(DeclarativeBase):
    pass


class City(Base):
    __tablename__ = "city"
    __table_args__ = {"schema": "bazaar"}
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    zone: Mapped[str]


class Customer(Base):
    __tablename__ = "customer"
    __table_args__ = {"schema": "bazaar"}
    id: Mapped[int] = mapped_column(primary_key=True)
    city_id: Mapped[int] = mapped_column("city", ForeignKey(City.id))
    name: Mapped[str]
    email: Mapped[str]
    interests: Mapped[list[str]] = mapped_column(ARRAY(Text))
    profile: Mapped[dict] = mapped_column(JSONB)
    city: Mapped[City] = relationship()
    purchases: Mapped[list["Purchase"]] = relationship(back_populates="customer", order_by="Purchase.at")


class Purchase(Base):
    __tablename__ = "purchase"
    __table_args__ = {"schema": "bazaar"}
    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column("customer", ForeignKey(Customer.id))
    at: Mapped[datetime.datetime] = mapped_column(server_default=func.now())
    state: Mapped[str] = mapped_column(ENUM("placed", "paid", "sent", "returned", name="order_state", schema="bazaar", create_type=False))
    customer: Mapped[Customer] = relationship(back_populates="purchases")
    lines: Mapped[list["Line"]] = relationship(cascade="all, delete-orphan", order_by="Line.line", passive_deletes=True)


class Line(Base):
    __tablename__ = "purchase_line"
    __table_args__ = {"schema": "bazaar"}
    purchase_id: Mapped[int] = mapped_column("purchase", ForeignKey(Purchase.id, ondelete="CASCADE"), primary_key=True)
    line: Mapped[int] = mapped_column(primary_key=True)
    product: Mapped[int]
    count: Mapped[int]
    price: Mapped[Decimal] = mapped_column(Numeric(12, 2))


def reports(connection, show):
    connection.execute("SET search_path = bazaar")
    for title, query in REPORTS.items():
        show(title)
        for row in connection.execute(query):
            show("   ", *row)


def counter(session, show):
    """A sale, a look at the customer, a return that takes everything back: the data is the same afterwards."""
    customer = session.scalars(select(Customer).where(func.lower(Customer.email) == "customer7@example.org")).one()
    before = session.scalar(select(func.count()).select_from(Line))
    last = session.scalar(select(func.max(Purchase.id)))
    sale = Purchase(id=last + 1, customer=customer, state="placed",
                    lines=[Line(line=n, product=n, count=n, price=Decimal("19.99")) for n in (1, 2, 3)])
    session.add(sale)
    customer.profile = {**customer.profile, "points": customer.profile["points"] + 60}
    session.flush()
    found = session.scalars(select(Customer).options(selectinload(Customer.purchases).selectinload(Purchase.lines))
                            .where(Customer.id == customer.id)).one()
    show("at the counter", found.name, found.city.name, len(found.purchases),
         sum(line.count * line.price for line in found.purchases[-1].lines))
    show("waiting", session.scalar(select(func.count()).where(Purchase.state == "placed", Purchase.id > last)))
    session.rollback()
    show("given back", session.scalar(select(func.count()).select_from(Line)) - before)


def run(connection, engine, show):
    reports(connection, show)
    with Session(engine) as session:
        counter(session, show)


def main():
    url = sys.argv[1] if len(sys.argv) > 1 else "postgresql+psycopg://"
    engine = create_engine(url)
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        run(connection, engine, lambda *values: print(*values, sep="  ", flush=True))


if __name__ == "__main__":
    main()
