# SPDX-License-Identifier: Apache-2.0
"""Models with most kinds of fields, relations, constraints and indexes that Django makes of them."""

import uuid

from django.contrib.auth.models import User
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Lower


class Tag(models.Model):
    name = models.SlugField(unique=True)

    def __str__(self):
        return self.name


class Product(models.Model):
    class Kind(models.TextChoices):
        BOOK = "b", "Book"
        TOOL = "t", "Tool"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    name = models.CharField(max_length=80, db_index=True, db_comment="as in the catalogue")
    kind = models.CharField(max_length=1, choices=Kind.choices, default=Kind.BOOK)
    price = models.DecimalField(max_digits=10, decimal_places=2, validators=[MinValueValidator(0)])
    stock = models.PositiveIntegerField(db_default=0)
    weight = models.FloatField(null=True, blank=True)
    facts = models.JSONField(default=dict, blank=True)
    sizes = ArrayField(models.IntegerField(), default=list, blank=True)
    tags = models.ManyToManyField(Tag, related_name="products", blank=True)
    added = models.DateTimeField()
    value = models.GeneratedField(expression=models.F("price") * models.F("stock"), db_persist=True,
                                  output_field=models.DecimalField(max_digits=20, decimal_places=2))

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["kind", "-price"], name="kind_price"),
                   models.Index(fields=["added"], name="added_tools", condition=models.Q(kind="t"), include=["price"])]
        constraints = [models.CheckConstraint(condition=models.Q(price__gte=0), name="price_not_negative"),
                       models.UniqueConstraint(Lower("name"), "kind", name="name_of_kind")]

    def __str__(self):
        return self.name


class Order(models.Model):
    buyer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="orders")
    day = models.DateField()
    took = models.DurationField(null=True)
    note = models.TextField(blank=True)
    paid = models.BooleanField(null=True)
    sender = models.GenericIPAddressField(null=True)

    class Meta:
        db_table_comment = "what was bought"


class Line(models.Model):
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    product = models.ForeignKey(Product, on_delete=models.PROTECT)
    count = models.SmallIntegerField()

    class Meta:
        unique_together = [("order", "product")]
