"""Ten lines of an export: seven orders, one of which was revised three times."""

import pandas as pd
from table_cleaning import clean, parse_numbers, read_table

text = """Order no.,Date,Rev.,City,State,Unit price,Items,Discount
0042,03/04/2024,9,ZRH,paid,"1,200.50 EUR",2,10%
0042,03/04/2024,10,Zurich,paid,"1,100.50 EUR",2,10%
0042,03/04/2024,8,Zurich,open,"1,300.50 EUR",2,10%
42,05/03/2024,1,geneva, Sent,$80,0,n/a
0007,11/06/2024,1,Geneva,sent,CHF 95.00,4,5%
0108,04/12/2023,2,Basel,sent,CHF 70.00,1,-
0111,25/03/2024,1,unknown,Paid,?,3,0%
0112,30/05/2024,1,Basel ,open,$15,1,0%
0113,07/01/2025,1,basel,paid,"$64,000",1,120%
-,07/07/2024,1,basel,paid,$20,1,0%
"""
table = read_table(text)
print("columns:", *table.columns)
print("discounts:", *(f"{share:.3g}" for share in parse_numbers(table["discount"].replace(["n/a", "-"], None))))
cleaned = clean(table, {"zrh": "zurich"}, pd.Timestamp("2024-01-01"))
for name in ("order", "revision", "city"):
    print(f"{name}:", *cleaned[name].fillna("missing"))
print("month:", *cleaned["day"].dt.month)
for name in ("price", "items", "discount", "log_total"):
    print(f"{name}:", *(f"{value:.3g}" for value in cleaned[name]))
print("flags:", *cleaned.filter(like="_missing").sum())
