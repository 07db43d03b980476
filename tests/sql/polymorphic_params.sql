-- parameters that are of a polymorphic type themselves
prepare one(anycompatible) as select anycompatible_out($1);
prepare two(anycompatiblenonarray) as select anycompatiblenonarray_out($1);
prepare three(anyelement) as select anyelement_out($1);
execute one(null);
