# SPDX-License-Identifier: Apache-2.0
"""Django 5: migrations of its own applications and of one of ours, forwards and backwards, the ORM's queries, the admin's pages
through the test client, sessions, fixtures and inspectdb."""

import datetime
import decimal
import io
import os
import re
import sys
import tempfile
import uuid
from pathlib import Path

import django
from common import show
from django.conf import settings
from django.urls import path

MIGRATIONS = Path(tempfile.mkdtemp())
(MIGRATIONS / "shop_migrations").mkdir()
(MIGRATIONS / "shop_migrations" / "__init__.py").touch()
sys.path[:0] = [str(MIGRATIONS), str(Path(__file__).parent)]
settings.configure(
    DEBUG=False, SECRET_KEY="of a test", USE_TZ=True, TIME_ZONE="UTC", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"],
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"], MIGRATION_MODULES={"shop": "shop_migrations"},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField", STATIC_URL="/static/",
    INSTALLED_APPS=["django.contrib.admin", "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
                    "django.contrib.messages", "django.contrib.postgres", "shop"],
    MIDDLEWARE=["django.contrib.sessions.middleware.SessionMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
                "django.contrib.messages.middleware.MessageMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {"context_processors": [
        "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages"]}}],
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "HOST": os.environ["PGHOST"], "PORT": os.environ["PGPORT"],
                           "USER": os.environ["PGUSER"], "NAME": os.environ["PGDATABASE"]}})
django.setup()

from django.contrib import admin  # noqa: E402
from django.contrib.auth.models import Group, Permission, User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import IntegrityError, connection, transaction  # noqa: E402
from django.db.models import (Avg, Case, Count, Exists, F, Max, OuterRef, Prefetch, ProtectedError, Q, Subquery, Sum, Value,  # noqa: E402
                              When, Window)
from django.db.models.functions import (Coalesce, Concat, ExtractYear, Length, Rank, Substr, TruncMonth, Upper)  # noqa: E402
from django.contrib.postgres.aggregates import ArrayAgg, StringAgg  # noqa: E402
from django.test import Client  # noqa: E402
from shop.models import Line, Order, Product, Tag  # noqa: E402


class LineInline(admin.TabularInline):
    model = Line


class ProductAdmin(admin.ModelAdmin):
    list_display, list_filter, search_fields, date_hierarchy = ["name", "kind", "price"], ["kind", "tags"], ["name", "facts"], "added"


class OrderAdmin(admin.ModelAdmin):
    inlines, list_select_related, list_per_page = [LineInline], ["buyer"], 2


admin.site.register(Product, ProductAdmin)
admin.site.register(Order, OrderAdmin)
admin.site.register(Tag)
urlpatterns = [path("admin/", admin.site.urls)]


def command(*words, **options):
    out = io.StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


# Migrations.
command("makemigrations", "shop", verbosity=0)
show("sql", re.sub(r"_[0-9a-f]{8}(_\w+)?", "_HASH", command("sqlmigrate", "shop", "0001")).replace("\n", " | "))
show("migrate", command("migrate", no_color=True).count(" OK"))
show("plan", command("showmigrations", no_color=True).count("[X]"), command("migrate", no_color=True).split("\n")[-2])
show("check", command("makemigrations", "--check", "--dry-run").strip(), command("check", "--database", "default").strip())
show("backwards", command("migrate", "shop", "zero", no_color=True).count(" OK"), command("migrate", "shop", no_color=True).count(" OK"))
show("tables", sorted(connection.introspection.table_names()))
show("permissions", Permission.objects.count(), Permission.objects.filter(content_type__app_label="shop").values_list("codename", flat=True)[:3])

# Rows.
ann = User.objects.create_superuser("ann", "ann@example.org", "secret")
bob = User.objects.create_user("bob", password="secret", first_name="Bob")
bob.groups.add(Group.objects.create(name="buyers"))
tags = Tag.objects.bulk_create([Tag(name=n) for n in ("red", "blue", "green")])
start = datetime.datetime(2024, 1, 31, 12, 30, 15, 123456, tzinfo=datetime.timezone.utc)
made = Product.objects.bulk_create([
    Product(id=uuid.UUID(int=i), name=f"Thing {i}", kind="bt"[i % 2], price=decimal.Decimal(i * 7) / 4, stock=i, weight=i / 3 if i % 3 else None,
            facts={"size": {"w": i, "h": [i, i + 1]}, "new": i % 2 == 0, "näme": "ü" * i}, sizes=list(range(i)), added=start + datetime.timedelta(days=20 * i))
    for i in range(1, 13)], batch_size=5)
for i, product in enumerate(made):
    product.tags.set([t for j, t in enumerate(tags) if i % (j + 2) == 0])
for i in range(5):
    order = Order.objects.create(buyer=(ann, bob)[i % 2], day=datetime.date(2024, 2, 27 - i), took=datetime.timedelta(hours=30 * i), paid=(True, False, None)[i % 3],
                                 sender=(None, "10.1.2.3", "2001:db8::1")[i % 3])
    Line.objects.bulk_create([Line(order=order, product=p, count=i + 1) for p in made[i:i + 3]])
show("generated", [str(v) for v in Product.objects.values_list("value", flat=True)][:4])

# Queries.
products = Product.objects
show("filters", [p.name for p in products.filter(Q(kind="t") & ~Q(name__iendswith="1"), price__range=(1, 15)).exclude(weight=None)],
     products.filter(name__iregex="^thing 1[0-2]$").count(), products.filter(added__year=2024, added__month__in=[3, 4]).count(),
     products.filter(name__icontains="THING", tags__name="red").distinct().count(), products.filter(added__date=datetime.date(2024, 3, 11)).count())
show("json", products.filter(facts__size__w__gt=9).count(), products.filter(facts__contains={"new": True}).count(),
     products.filter(facts__has_key="näme").count(), products.filter(facts__size__h__1=5).values_list("facts__size__h", flat=True)[:1],
     list(products.order_by("-facts__size__w").values_list("facts__size__w", flat=True)[:3]), products.filter(facts__new=False).count())
show("arrays", products.filter(sizes__contains=[5]).count(), products.filter(sizes__len=3).count(), products.filter(sizes__overlap=[10, 11]).count(),
     products.filter(sizes__0=0).count(), list(products.filter(sizes__len__gte=11).values_list("sizes__1_3", flat=True)))
show("aggregates", products.aggregate(Count("id"), Sum("price"), Avg("weight"), Max("added"), few=Count("id", filter=Q(stock__lt=4)),
                                      names=StringAgg("name", "; ", ordering="-name", filter=Q(stock__lt=4))))
show("grouped", list(products.values("kind").annotate(n=Count("tags"), top=Max("price"), ids=ArrayAgg("stock", ordering="stock")).order_by("kind")))
show("months", [(m.isoformat(), n) for m, n in products.annotate(m=TruncMonth("added")).values_list("m").annotate(Count("id")).order_by("m")][:4],
     list(products.annotate(y=ExtractYear("added")).values_list("y", flat=True).distinct().order_by("y")))
show("expressions", list(products.annotate(label=Concat(Upper(Substr("name", 1, 3)), Value("-"), "kind"), cheap=Case(When(price__lt=5, then=Value("yes")), default=Value("no")),
                                           w=Coalesce("weight", 0.0)).values_list("label", "cheap", "w")[:3]), products.filter(price__gt=F("stock") * 1.7).count())
show("windows", list(products.annotate(r=Window(Rank(), partition_by="kind", order_by=F("price").desc())).filter(r=1).values_list("name", "r").order_by("name")))
last = Line.objects.filter(order__buyer=OuterRef("pk")).order_by("-count", "product__name")
show("subqueries", list(User.objects.annotate(best=Subquery(last.values("product__name")[:1]), has=Exists(last.filter(count__gt=4)), n=Count("orders__lines"))
                        .order_by("username").values_list("username", "best", "has", "n")))
show("related", [(o.buyer.username, str(o.day), o.took, o.paid, o.sender, [(line.product.name, line.count) for line in o.lines.all()]) for o in
                 Order.objects.select_related("buyer").prefetch_related(Prefetch("lines", Line.objects.select_related("product").order_by("product__name"))).order_by("day")][:2])
show("unions", sorted(products.filter(stock=1).values_list("name").union(Tag.objects.values_list("name"), all=True)),
     list(products.filter(stock__lt=5).values_list("stock").intersection(products.filter(stock__gt=2).values_list("stock")).order_by("stock")))
show("text", list(Tag.objects.annotate(n=Length("name")).order_by("-n", "name").values_list("name", "n")), Order.objects.filter(sender="10.1.2.3").count())
show("updates", products.filter(kind="b").update(stock=F("stock") + 100), products.get(stock=102).value, Tag.objects.get_or_create(name="red")[1],
     Tag.objects.update_or_create(name="black", defaults={"name": "white"})[1],
     Tag.objects.bulk_create([Tag(name="red"), Tag(name="grey")], ignore_conflicts=True) is not None, Tag.objects.count())
with transaction.atomic():
    locked = products.select_for_update(skip_locked=True, of=("self",)).get(id=uuid.UUID(int=1))
    show("locked", locked.name, list(products.iterator(chunk_size=5))[-1].name)
for wrong in (lambda: Tag.objects.create(name="red"), lambda: products.create(name="THING 2", kind="b", price=1, added=start),
              lambda: products.filter(stock=1).update(price=-1), lambda: made[0].delete(), lambda: Line.objects.create(order_id=1, product=made[0], count=10 ** 6)):
    try:
        with transaction.atomic():
            wrong()
    except (IntegrityError, ProtectedError, Exception) as error:
        cause = getattr(error, "__cause__", None)
        show("refused", type(error).__name__, getattr(cause, "sqlstate", None) or getattr(cause, "pgcode", None),
             re.sub(r"_[0-9a-f]{8}\w*", "_HASH", str(error).split("\n")[0])[:100])
try:
    with transaction.atomic():
        Order.objects.all().delete()
        show("inside", Line.objects.count())
        raise KeyError
except KeyError:
    show("outside", Line.objects.count())
show("explain", "Seq Scan" in products.filter(stock=1).order_by().explain(), Order.objects.filter(buyer=bob).delete()[1])

# The admin.
client = Client()


def get(url, **data):
    answer = client.get(url, data, follow=True)
    text = answer.content.decode()
    found = re.search(r"<h1>([^<]*)</h1>", text.split('id="content"')[-1])
    rows = re.search(r'<p class="paginator">.*?(\d+ \w+)', text, re.S)
    return answer.status_code, found and found[1], rows and rows[1], len(re.findall(r'class="action-select"', text))


def post(url, **data):
    answer = client.post(url, data, follow=True)
    return answer.status_code, re.findall(r'class="(?:success|error|errornote)">(.*?)</', answer.content.decode(), re.S)[:2]


show("login", get("/admin/"), post("/admin/login/?next=/admin/", username="ann", password="wrong")[0],
     post("/admin/login/?next=/admin/", username="ann", password="secret")[0], get("/admin/"))
show("lists", get("/admin/shop/product/"), get("/admin/shop/product/", q="thing 1"), get("/admin/shop/product/", kind__exact="b", o="-3.1"),
     get("/admin/shop/product/", added__year="2024", added__month="3"), get("/admin/shop/order/", p="2"), get("/admin/auth/user/", is_staff__exact="1"),
     get("/admin/auth/permission/"))
tag = Tag.objects.get(name="blue").pk
show("add", re.sub(r"href=\S+", "", str(post("/admin/shop/tag/add/", name="violet"))), post("/admin/shop/tag/add/", name="violet")[0], Tag.objects.filter(name="violet").count(),
     get(f"/admin/shop/tag/{tag}/change/")[0], post(f"/admin/shop/tag/{tag}/change/", name="azure")[0], Tag.objects.get(pk=tag).name,
     get(f"/admin/shop/tag/{tag}/history/")[0], get(f"/admin/shop/order/{Order.objects.first().pk}/change/")[0])
show("remove", get(f"/admin/shop/tag/{tag}/delete/")[0], post(f"/admin/shop/tag/{tag}/delete/", post="yes")[0], Tag.objects.filter(pk=tag).count(),
     post("/admin/shop/order/", action="delete_selected", _selected_action=[Order.objects.first().pk], post="yes")[0], Order.objects.count(), Line.objects.count())
show("log", admin.models.LogEntry.objects.count(), command("clearsessions").strip(), django.contrib.sessions.models.Session.objects.count())

# Fixtures, inspection, emptying.
fixture = MIGRATIONS / "all.json"
command("dumpdata", "shop", "auth.group", output=str(fixture))
show("fixture", command("loaddata", str(fixture)).strip())
models = command("inspectdb", no_color=True)
show("inspected", re.sub(r"_[0-9a-f]{8}\w*", "_HASH", models))
show("constraints", re.sub(r"_[0-9a-f]{8}\w*", "_HASH", str(sorted(connection.introspection.get_constraints(connection.cursor(), "shop_product").items()))))
show("sequences", connection.introspection.get_sequences(connection.cursor(), "shop_order"), connection.introspection.get_relations(connection.cursor(), "shop_line"))
command("flush", interactive=False)
show("flushed", User.objects.count(), Product.objects.count(), Permission.objects.count())
show("undone", command("migrate", "shop", "zero", no_color=True).count(" OK"), command("migrate", "admin", "zero", no_color=True).count(" OK"))
