// $rows: [{key, properties: {mask, tables, class, asn, place, display, displayAt, displayId, sealed}}]
UNWIND $rows AS row
MATCH (i:Identifier {key: row.key})
SET i += row.properties
