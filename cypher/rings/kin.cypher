// Rings that it absorbed, that split off it, that absorbed it, that it split off.
// $ring: text
// => ring
MATCH (:Ring {id: $ring})-[:MERGED_INTO|SPLIT_FROM]-(kin:Ring)
RETURN DISTINCT kin.id AS ring ORDER BY ring
