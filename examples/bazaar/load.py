#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the bazaar and fills it: examples/bazaar/load.py [--scale S] [--seed N] [CONNINFO]

Scale 1 is about five million rows in six tables, made row by row and streamed through COPY, so no file is written and
memory stays small. The same scale and seed give the same rows on every machine. Needs psycopg 3; without CONNINFO libpq's
environment variables say where the server is.
"""

import argparse
import datetime
import json
import random
import time
from decimal import Decimal
from pathlib import Path

import psycopg

HERE = Path(__file__).resolve().parent

# name, language, time zone, currency, given names, family names
CITIES = [
    ("Reykjavík", "is", "Atlantic/Reykjavik", "ISK", "Jón Guðrún Sigurður Björk", "Jónsson Einarsdóttir Þórsson"),
    ("São Paulo", "pt", "America/Sao_Paulo", "BRL", "João Inês Conceição Luís", "Gonçalves Araújo Brandão"),
    ("Αθήνα", "el", "Europe/Athens", "EUR", "Γιώργος Ελένη Νίκος Σοφία", "Παπαδόπουλος Οικονόμου Δήμου"),
    ("Київ", "uk", "Europe/Kyiv", "UAH", "Олена Тарас Їжак Ганна", "Шевченко Коваль Бойко"),
    ("القاهرة", "ar", "Africa/Cairo", "EGP", "محمد فاطمة يوسف ليلى", "حسن إبراهيم السيد"),
    ("תל אביב", "he", "Asia/Jerusalem", "ILS", "נועה דוד יעל אורי", "כהן לוי פרץ"),
    ("मुंबई", "hi", "Asia/Kolkata", "INR", "आरव दीया विवान अनन्या", "शर्मा पटेल सिंह"),
    ("東京", "ja", "Asia/Tokyo", "JPY", "太郎 花子 蓮 葵", "佐藤 鈴木 高橋"),
    ("서울", "ko", "Asia/Seoul", "KRW", "민준 서연 지호 하은", "김 이 박"),
    ("ქალაქი", "ka", "Asia/Tbilisi", "GEL", "ნინო გიორგი მარიამ ლუკა", "ბერიძე კაპანაძე გელაშვილი"),
    ("St. John's", "en", "America/St_Johns", "CAD", "Mary O'Neil \"Bud\" Tom\\Tim", "Power Murphy Walsh"),
    ("Chatham", "mi", "Pacific/Chatham", "NZD", "Hōne Māia Tāne Aroha", "Ngāta Pōmare Rātana"),
]
INTERESTS = ["books", "чай", "音楽", "ποδήλατο", "🌱 garden", "sea, sun", 'the "new"', "NULL"]
KINDS = ["view", "search", "basket", "complaint"]
ADJECTIVES = ["Blue", "Loud", "Tiny", "Old", "Ultra", "Calm"]
THINGS = ["kettle", "lamp", "boat", "drum", "carpet", "clock", "ladder"]
START = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)
MINUTES = 5 * 365 * 24 * 60

# Rows at scale 1; purchases have 1 to 5 lines.
ROWS = {"customer": 200_000, "product": 20_000, "purchase": 1_000_000, "event": 800_000}


def document(value):
    return json.dumps(value, ensure_ascii=False)


def moment(random_):
    return START + datetime.timedelta(minutes=random_.randrange(MINUTES), microseconds=random_.randrange(60_000_000))


def cities(_random, _count):
    for number, (name, language, zone, currency, _, _) in enumerate(CITIES, 1):
        yield number, name, language, zone, currency


def customers(random_, count):
    for number in range(1, count["customer"] + 1):
        city = random_.randrange(len(CITIES))
        name = " ".join(random_.choice(words.split(" ")) for words in CITIES[city][4:])
        born = None if random_.random() < 0.05 else datetime.date(1930, 1, 1) + datetime.timedelta(random_.randrange(29_000))
        profile = {"points": random_.randrange(10_000), "vip": random_.random() < 0.02,
                   "address": {"street": f"{random_.randrange(300)} {name}", "floor": random_.choice([None, 1, 2.5])}}
        interests = random_.sample(INTERESTS, random_.randrange(4))
        yield number, city + 1, name, f"Customer{number}@example.org", born, interests, document(profile)


def price_of(number):
    """The same for the product and its sales: a hash of the number."""
    return Decimal(number * 7919 % 99_991 + 1) / 100


def products(random_, count):
    for number in range(1, count["product"] + 1):
        name = f"{random_.choice(ADJECTIVES)} {random_.choice(THINGS)} №{number}"
        details = {"weight": random_.randrange(1, 5_000) / 1000, "colours": random_.sample(["red", "緑", "синий"], random_.randrange(4)),
                   "size": {axis: random_.randrange(1, 200) for axis in "xyz"}}
        yield number, name, price_of(number), random_.sample(["sale", "new", "fragile", "für Kinder"], random_.randrange(3)), document(details)


def purchases(random_, count):
    for number in range(1, count["purchase"] + 1):
        state = random_.choices(["placed", "paid", "sent", "returned"], [2, 8, 85, 5])[0]
        yield number, random_.randrange(count["customer"]) + 1, moment(random_), state


def lines(random_, count):
    for number in range(1, count["purchase"] + 1):
        for line in range(1, random_.randrange(2, 7)):
            product = min(random_.randrange(count["product"]), random_.randrange(count["product"])) + 1
            yield number, line, product, random_.randrange(1, 6), price_of(product)


def events(random_, count):
    for number in range(1, count["event"] + 1):
        kind = random_.choice(KINDS)
        said = {"kind": kind, "customer": random_.randrange(count["customer"]) + 1}
        if kind == "search":
            said["words"] = random_.sample(INTERESTS, 2)
        elif kind == "basket":
            said["products"] = [{"id": random_.randrange(count["product"]) + 1, "count": random_.randrange(1, 4)} for _ in range(3)]
        elif kind == "complaint":
            said["text"] = random_.choice(["遅い", "broken\nin two", "Où est ma commande ?", "\"nice\" \\ not"])
        yield number, moment(random_), document(said)


TABLES = {"city": cities, "customer": customers, "product": products, "purchase": purchases, "purchase_line": lines, "event": events}


def load(connection, scale, seed, say=print):
    count = {name: max(10, round(rows * scale)) for name, rows in ROWS.items()}
    connection.execute((HERE / "schema.sql").read_text())
    for name, make in TABLES.items():
        start, rows = time.monotonic(), 0
        with connection.cursor() as cursor, cursor.copy(f"COPY bazaar.{name} FROM STDIN") as copy:
            for row in make(random.Random(f"{name} {seed}"), count):
                copy.write_row(row)
                rows += 1
        say(name, rows, time.monotonic() - start)
    start = time.monotonic()
    connection.execute((HERE / "indexes.sql").read_text())
    connection.commit()
    say("keys and indexes", len(TABLES), time.monotonic() - start)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("conninfo", nargs="?", default="")
    options = parser.parse_args()
    with psycopg.connect(options.conninfo) as connection:
        load(connection, options.scale, options.seed, lambda what, rows, seconds: print(f"{what:16} {rows:9,} {seconds:8.1f} s", flush=True))


if __name__ == "__main__":
    main()
