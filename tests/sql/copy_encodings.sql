-- COPY FROM checks the bytes that come, and reports the first that is no character once all before it is read
create table ce(a text);
\copy ce from program 'printf "a\\nb\\nc\\200\\200b\\nd\\n"'
\copy ce from program 'printf "a\\nb\\nc\\377\\377b\\nd\\n"' csv
\copy ce from program 'printf "a\\nb\\nc\\344"'
\copy ce from program 'printf "\\"a\\nb\\",\\"c\\344\\"\\n"' csv
\copy ce from program 'printf "a\\nb\\nc\\377\\241d\\n"' with (encoding 'euc_jp')
\copy ce from program 'printf "a\\251\\241\\377d\\n"' with (encoding 'euc_jp')
\copy ce from program 'printf "a\\241\\\\\\241\\nb\\n"' with (encoding 'big5')
\copy ce from program 'printf "a\\217\\241\\241b\\n"' with (encoding 'johab')
\copy ce from program 'printf "a\\n\\201"' with (encoding 'gb18030')
\copy ce from program 'printf "a\\215 b\\n"' with (encoding 'gbk')
\copy ce from program 'printf "a\\244\\367b\\n"' with (encoding 'euc_jis_2004')
\copy ce from program 'printf "\\204\\060\\265\\060\\t\\n"' with (encoding 'gb18030', delimiter ';')
\copy ce from program 'seq 1 20000 | sed "s/\\$/ é日本語/"'
select count(*), sum(length(a)), md5(string_agg(a, ',' order by a collate "C")) from ce;
drop table ce;
