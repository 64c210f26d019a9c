"""Find ArcGIS keys in notebooks and text files, before they are shared, and clean notebooks of them."""

from arcgis_keywidget.scan.report import Find, Report
from arcgis_keywidget.scan.search import scan

__all__ = ["Find", "Report", "scan"]
