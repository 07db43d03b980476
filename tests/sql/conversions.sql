-- Conversions between encodings, as the catalog has them.
select oid, conname, connamespace::regnamespace, pg_encoding_to_char(conforencoding), pg_encoding_to_char(contoencoding), conproc, condefault from pg_conversion where oid < 16384 order by oid;
select convert('\xa1a1','EUC_JP','SJIS');
select convert('\xa9a1','EUC_JP','SJIS');
select convert('\xf5a1','EUC_JP','SJIS');
select convert('\xfefe','EUC_JP','SJIS');
select convert('\x8ea1','EUC_JP','SJIS');
select convert('\x8fa1a1','EUC_JP','SJIS');
select convert('\x8fb0a1','EUC_JP','SJIS');
select convert('\x8540','SJIS','EUC_JP');
select convert('\xfa40','SJIS','EUC_JP');
select convert('\xfc4c','SJIS','EUC_JP');
select convert('\xc8a1','BIG5','EUC_TW');
select convert('\xf9fe','BIG5','EUC_TW');
