// => changes; no row before the first tripwire
MATCH (c:Control {name: 'tripwires'})
RETURN coalesce(c.changes, 0) AS changes
