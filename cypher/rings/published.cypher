// The newest published run.
// => run (JSON)
MATCH (p:Control {name: 'publication'}) WHERE p.run IS NOT NULL
RETURN p.run AS run
