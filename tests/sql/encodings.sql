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
-- every encoding has its own characters, and characters that have none
select e, convert_from(b, e) = U&'\4e00\3000' as han, length(b, e) from (values ('EUC_JP', '\xb0eca1a1'::bytea), ('SJIS', '\x88ea8140'), ('EUC_JIS_2004', '\xb0eca1a1'), ('SHIFT_JIS_2004', '\x88ea8140'), ('EUC_CN', '\xd2bba1a1'), ('GBK', '\xd2bba1a1'), ('GB18030', '\xd2bba1a1'), ('EUC_KR', '\xece9a1a1'), ('UHC', '\xece9a1a1'), ('JOHAB', '\xf3e9d931'), ('BIG5', '\xa440a140'), ('EUC_TW', '\xc4a1a1a1')) v(e, b) where e <> 'JOHAB' order by e;
select e, convert_to(U&'\4e00', e) from (select pg_encoding_to_char(i) e from unnest(array[1,2,3,4,5,35,36,37,38,39,40,41]) i) q order by e;
select convert_from('\xaaba', 'LATIN10'), convert_from('\x1a1c7f', 'WIN866') = U&'\001a\001c\007f', convert_to(U&'\0218', 'LATIN10');
select convert_to(U&'\+020000', 'GB18030'), convert_to(U&'\+10ffff', 'GB18030'), convert_from('\x8430b530', 'GB18030'), convert_to(U&'\+02000b', 'EUC_JIS_2004');
-- two characters that are one code
select convert_to(U&'\304b\309a', 'EUC_JIS_2004'), convert_to(U&'\304b\304b\309ax', 'SHIFT_JIS_2004'), convert_from('\xa4f7', 'EUC_JIS_2004') = U&'\304b\309a', length('\xa4f7'::bytea, 'EUC_JIS_2004');
select convert_to(U&'\304b\309a\309a', 'EUC_JIS_2004');
-- codes that are only written, and then no characters
select convert_to(U&'\4e04', 'EUC_TW'), convert_to(U&'\a7', 'JOHAB'), convert_to(U&'\a5', 'SJIS');
select convert_to(U&'\00a7', 'JOHAB'), convert_to(U&'\00a5', 'SJIS'), convert_to(U&'\20ac', 'GBK');
select convert_from('\x8eaea1a6', 'EUC_TW');
select convert_from('\xd967', 'JOHAB');
-- bytes that are no characters
select convert_from('\x61ff', 'EUC_JP');
select convert_from('\x8fa1', 'EUC_JP');
select convert_from('\x8e61a1', 'EUC_CN');
select convert_from('\x8fa1a1', 'EUC_KR');
select convert_from('\x8f61a1', 'EUC_KR');
select convert_from('\x8ea8a1a1', 'EUC_TW');
select convert_from('\x81308161', 'GB18030');
select convert_from('\x8d20', 'BIG5');
select convert_from('\x8d00', 'UHC');
select convert_from('\x80', 'SJIS');
select convert_from('\x8431a530', 'GB18030');
select convert_from('\xa9a1', 'EUC_JP');
select convert_from('\xa9a1ff', 'EUC_JP');
select convert_from('\xff80', 'UTF8');
select convert_from('\xc361', 'UTF8');
select convert_from('\x80', 'SQL_ASCII');
select convert_from('\x8000', 'SQL_ASCII');
select length('\x6180'::bytea, 'SQL_ASCII'), length('\x9181'::bytea || '\xa0f0'::bytea, 'BIG5');
select length('\x91a1a181a1'::bytea, 'MULE_INTERNAL'), convert_from('', 'MULE_INTERNAL') = '';
select length('\x91a161'::bytea, 'MULE_INTERNAL');
select convert_from('a', 'MULE_INTERNAL');
select convert_to('a', 'MULE_INTERNAL');
select convert('\xa140', 'BIG5', 'EUC_JP');
select convert('', 'BIG5', 'EUC_JP'), convert('\xc3a9', 'SQL_ASCII', 'BIG5'), convert('\xa140', 'BIG5', 'SQL_ASCII');
select convert('\xe9', 'SQL_ASCII', 'UTF8');
-- names
select n, pg_char_to_encoding(n), pg_encoding_max_length(pg_char_to_encoding(n)) from unnest(array['tcvn5712', 'koi8', 'MS-Kanji', 'Win-949', 'alt', 'shift_jis_2004', 'cp1252', 'utf 8']) n;
set client_encoding = 'latin10';
show client_encoding;
set client_encoding = 'shift_jis_2004';
show client_encoding;
set client_encoding = 'mule_internal';
set client_encoding = utf8;
select E'a\x80\x80';
select E'\xff\xff';
select E'\xe4\xb8';
