"""Walks a TAXII server with taxii2-client: discovery, collections, pages, manifest, added_after, versions; prints what it saw.

Arguments: the discovery address, the id of an object to look at, and a time.
"""
import json
import sys

from taxii2client.v21 import Server, as_pages

url, object_id, added_after = sys.argv[1:4]
server = Server(url)
(root,) = server.api_roots
collection = next(each for each in root.collections if each.title == "Everything")

pages = list(as_pages(collection.get_objects, per_request=7))
manifest = [each for page in as_pages(collection.get_manifest, per_request=7) for each in page.get("objects", [])]
print(json.dumps({
    "title": server.title,
    "default": server.default.title,
    "max_content_length": root.max_content_length,
    "can_read": collection.can_read,
    "pages": len(pages),
    "largest": max(len(page.get("objects", [])) for page in pages),
    "ids": [each["id"] for page in pages for each in page.get("objects", [])],
    "manifest": [each["id"] for each in manifest],
    "later": [each["id"] for each in collection.get_objects(added_after=added_after).get("objects", [])],
    "one": collection.get_object(object_id)["objects"][0]["name"],
    "versions": collection.object_versions(object_id)["versions"],
    "typed": sorted({each["type"] for each in collection.get_objects(type=["malware", "tool"])["objects"]}),
}))
