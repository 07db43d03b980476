/* SPDX-License-Identifier: Apache-2.0 */
/* rename.c - ALTER ... RENAME: a function a kind of object. */
#include "ddl/ddl_internal.h"

static void rename_database(Ddl *ddl, const AstRename *ast)
{
    ddl__rename_database(ddl, ast->object->names.items[0], ast->new_name);
}

static const struct {
    AstObjectType object;
    const char *tag;
    void (*run)(Ddl *ddl, const AstRename *ast);
} renames[] = {
    {AST_OBJECT_DATABASE, "ALTER DATABASE", rename_database},
};

const char *ddl__rename_tag(const AstNode *tree)
{
    for (uint32_t i = 0; i < ARRAY_LEN(renames); i++) {
        if (renames[i].object == AST_AS(Rename, tree)->rename) return renames[i].tag;
    }
    raise_error(SQLSTATE_FEATURE_NOT_SUPPORTED, "renaming this kind of object is not supported");
}

void ddl__rename(UtilityCall *call)
{
    Ddl ddl = ddl__begin(call);
    const AstRename *ast = AST_AS(Rename, call->tree);
    for (uint32_t i = 0; i < ARRAY_LEN(renames); i++) {
        if (renames[i].object == ast->rename) renames[i].run(&ddl, ast);
    }
}
