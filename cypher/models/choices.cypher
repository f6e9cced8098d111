// => id, models, author, at (ms); models is null for those that are shipped
MATCH (c:ModelsChoice)
RETURN c.id AS id, c.models AS models, c.author AS author, c.at.epochMillis AS at
ORDER BY c.at, c.id
