"""Nine lines of an export: seven orders, one of them in three revisions."""

import pandas as pd
from table_cleaning import clean, parse_numbers, read_table

text = """Order no.,Rev.,Date,City,State,Unit price,Discount,Items
0042,9,03/04/2024,ZRH,paid,"1,200.50 EUR",10%,2
0042,10,03/04/2024,Zurich,paid,"1,100.50 EUR",10%,2
0042,8,03/04/2024,Zurich,open,"1,300.50 EUR",10%,2
42,1,05/03/2024,geneva,Sent,$80,n/a,0
0007,1,11/06/2024,Geneva,sent,CHF 95.00,5%,4
0108,2,04/12/2023,Basel,sent,CHF 70.00,-,1
0111,1,25/03/2024,unknown,Paid,?,0%,3
0112,1,30/05/2024,Basel ,open,$15,0%,1
0113,1,07/01/2025,basel,paid,"$64,000",120%,1
"""
table = read_table(text)
print("columns:", *table.columns)
print("discounts:", *(f"{share:.3g}" for share in parse_numbers(table["discount"].replace(["n/a", "-"], None))))
cleaned = clean(table, {"zrh": "zurich"}, pd.Timestamp("2024-01-01"))
for name in ("order", "revision"):
    print(f"{name}:", *cleaned[name])
print("month:", *cleaned["day"].dt.month)
print("price:", *(f"{value:.3g}" for value in cleaned["price"]))
