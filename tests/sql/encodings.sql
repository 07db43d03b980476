-- texts in other encodings
select convert_from('\x63616665cc81', 'UTF8'), convert_from('\x636166e9', 'LATIN1'), convert_from('\x80', 'WIN1252'), convert_from('\xa4', 'latin9'), convert_from('\xcff0e8e2e5f2', 'win1251'), convert_from('\xf0d2c9d7c5d4', 'KOI8R');
select convert_from('\x82b182f182c982bf82cd', 'SJIS'), convert_from('\xa4b3a4f3a4cba4c1a4cf', 'EUC_JP'), convert_from('\xc4e3bac3', 'GBK'), convert_from('\xbec8b3e7', 'EUC_KR'), convert_from('\xa741a66e', 'BIG5');
select convert_to('café', 'LATIN1'), convert_to('€', 'WIN1252'), convert_to('Привет', 'KOI8-R'), convert_to('こんにちは', 'shift_jis'), convert_to('x', 'UTF-8'), convert_to('', 'LATIN1');
select convert('\x636166e9', 'LATIN1', 'UTF8'), convert('\x636166c3a9', 'UTF8', 'latin1'), convert('\xe9', 'LATIN1', 'WIN1252');
select length('\x63c3a9'::bytea, 'UTF8'), length('\x63c3a9'::bytea, 'LATIN1'), length('\xa4b3a4f3'::bytea, 'EUC_JP'), length(''::bytea, 'UTF8');
select convert_from('\xff', 'UTF8');
select convert_from('\xc3', 'UTF8');
select convert_from('\x81', 'WIN1252');
select convert_from('\x00', 'LATIN1');
select convert_to('€', 'LATIN1');
select convert_to('日本', 'WIN1251');
select convert_from('\x61', 'nope');
select convert_to('a', 'nope');
select convert('\x61', 'UTF8', 'nope');
select length('\x61'::bytea, 'nope');
select convert_from(null, 'UTF8'), convert_to('a', null);
select convert_from('\x61', 'SQL_ASCII'), convert_to('é', 'SQL_ASCII');
select encode(convert_to(repeat('é', 1000), 'LATIN1'), 'hex') = repeat('e9', 1000);
