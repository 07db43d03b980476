-- How far apart bytes are, in the comparison functions of index classes; under ICU and in texts of other lengths -1, 0 and 1.
with r as (select substr(md5(i::text),1,(i%7)+1) a, substr(md5(i::text),1,(i*3)%5)||substr(md5((i*7)::text),1,(i/3)%30) b from generate_series(1,2000) i)
select md5(string_agg(concat_ws(',',bttextcmp(a,b),byteacmp(a::bytea,b::bytea),bpcharcmp(a::bpchar,b::bpchar),btnametextcmp(a::name,b),bttextnamecmp(a,b::name),bttext_pattern_cmp(a,b),btbpchar_pattern_cmp(a,b),jsonb_cmp(to_jsonb(a),to_jsonb(b)),jsonb_cmp(jsonb_build_object(a,1),jsonb_build_object(b,1)),sign(btnamecmp(a::name,b::name))),';' order by a,b)) from r;
with r as (select i, ('10.'||i%3||'.'||i%250||'.'||(i*17)%256||'/'||(i*7)%33)::inet a, ('10.'||(i/7)%3||'.'||i%5||'.'||(i*31)%256||'/'||(i*11)%33)::inet b from generate_series(1,3000) i)
 select md5(string_agg(network_cmp(a,b)::text,' ')) from r;
select md5(string_agg(uuid_cmp(md5(i::text)::uuid, md5((i*3%17)::text)::uuid)::text, ' ')) from generate_series(1,1000) i;
select md5(string_aggbitcmp(substr((i*7)::bit(32)::text,1,i%33)::varbit, (i*i%1000)::bit(32))::text,' ')), md5(string_agg(varbitcmp(substr((i*7)::bit(32)::text,1+i%5,i%33)::varbit, (i*i%1000)::bit(32)::varbit)::text,' ')) from generate_series(1,1000) i;
select bttextcmp('a' collate "C",'c'), bttextcmp('a' collate "pg_c_utf8",'c'), bttextcmp('a' collate "unicode",'z'), bttextcmp('ab' collate "pg_unicode_fast",'az'), bttextcmp('a' collate "ucs_basic",'z'), bpcharcmp('a ','d'), bttextcmp('',''), bttextcmp('','a'), byteacmp('\xff01','\xff'), byteacmp('\x00','\xff');
select network_cmp('1.2.3.4','::1'), network_cmp('10.0.0.0/8','10.0.0.0/24'), network_cmp('10.0.0.1/24','10.0.0.9/24'), network_cmp('f000::1','::ff');
