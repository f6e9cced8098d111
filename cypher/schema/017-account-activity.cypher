// What an account did becomes one text: four properties a type of event cost more to write than all else of an account.
MATCH (a:Account) WHERE a.activityTypes IS NOT NULL
CALL (a) {
  SET a.activity = '[' + reduce(text = '', type IN a.activityTypes |
      text + CASE text WHEN '' THEN '' ELSE ',' END + '["' + type + '",' + a[type + '_firstSeen'].epochMillis + ','
      + a[type + '_lastSeen'].epochMillis + ',' + a[type + '_recent'] + ','
      + '["' + reduce(days = head(a[type + '_days']), day IN tail(a[type + '_days']) | days + '","' + day) + '"]]') + ']',
    a.signupAt = a.signup_firstSeen,
    a.firstSeen = reduce(least = null, type IN a.activityTypes |
      CASE WHEN least < a[type + '_firstSeen'] THEN least ELSE a[type + '_firstSeen'] END),
    a.lastSeen = reduce(most = null, type IN a.activityTypes |
      CASE WHEN most > a[type + '_lastSeen'] THEN most ELSE a[type + '_lastSeen'] END)
  FOREACH (name IN [name IN keys(a) WHERE name =~ '.*_(firstSeen|lastSeen|days|recent)'] | SET a[name] = null)
  SET a.activityTypes = null
} IN TRANSACTIONS OF 1000 ROWS
