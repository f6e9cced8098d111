// => letters
MATCH (d:DeadLetter) RETURN count(d) AS letters
