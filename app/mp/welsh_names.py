"""The Welsh names of the 32 constituencies of Wales.

Source: Schedule 4 of the Parliamentary Constituencies Order 2023 (SI 2023/1230), which names a constituency in English
and, in brackets, in Welsh, unless both have the same name. The Members API has the first name only.
"""

from collections.abc import Mapping

WELSH_NAMES: Mapping[str, str] = {
    "Alyn and Deeside": "Alun a Glannau Dyfrdwy",
    "Blaenau Gwent and Rhymney": "Blaenau Gwent a Rhymni",
    "Brecon, Radnor and Cwm Tawe": "Aberhonddu, Maesyfed a Chwm Tawe",
    "Bridgend": "Pen-y-bont ar Ogwr",
    "Caerphilly": "Caerffili",
    "Cardiff East": "Dwyrain Caerdydd",
    "Cardiff North": "Gogledd Caerdydd",
    "Cardiff South and Penarth": "De Caerdydd a Phenarth",
    "Cardiff West": "Gorllewin Caerdydd",
    "Clwyd East": "Dwyrain Clwyd",
    "Clwyd North": "Gogledd Clwyd",
    "Gower": "Gŵyr",
    "Merthyr Tydfil and Aberdare": "Merthyr Tudful ac Aberdâr",
    "Mid and South Pembrokeshire": "Canol a De Sir Benfro",
    "Monmouthshire": "Sir Fynwy",
    "Montgomeryshire and Glyndŵr": "Maldwyn a Glyndŵr",
    "Neath and Swansea East": "Castell-nedd a Dwyrain Abertawe",
    "Newport East": "Dwyrain Casnewydd",
    "Newport West and Islwyn": "Gorllewin Casnewydd ac Islwyn",
    "Rhondda and Ogmore": "Rhondda ac Ogwr",
    "Swansea West": "Gorllewin Abertawe",
    "Vale of Glamorgan": "Bro Morgannwg",
    "Wrexham": "Wrecsam",
}
"""A map from English to Welsh names, for constituencies with two."""

ONE_NAME = frozenset(
    {
        "Aberafan Maesteg",
        "Bangor Aberconwy",
        "Caerfyrddin",
        "Ceredigion Preseli",
        "Dwyfor Meirionnydd",
        "Llanelli",
        "Pontypridd",
        "Torfaen",
        "Ynys Môn",
    }
)
"""Constituencies with the same name in both languages."""
