"""The tables of the contract as models of Django."""

from __future__ import annotations

from django.db import models


class Case(models.Model):
    """A case and where it stands."""

    id = models.IntegerField(primary_key=True)
    stage = models.TextField()
    next_on = models.DateField(null=True)
    version = models.IntegerField()

    class Meta:
        app_label, managed, db_table = "peers", False, "cases"


class History(models.Model):
    """A step that was taken."""

    id = models.AutoField(primary_key=True)
    case_id = models.IntegerField()
    step = models.TextField()
    source = models.TextField()
    target = models.TextField()
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()

    class Meta:
        app_label, managed, db_table = "peers", False, "history"


class Outbox(models.Model):
    """Something to send."""

    id = models.AutoField(primary_key=True)
    case_id = models.IntegerField()
    kind = models.TextField()
    state = models.TextField()
    due_at = models.DateTimeField()

    class Meta:
        app_label, managed, db_table = "peers", False, "outbox"
