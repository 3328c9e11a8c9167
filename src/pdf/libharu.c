/* libharu, opened when the first document is begun: with libpng and zlib, which it brings, it costs a quarter
 * of a start, and a process that has two threads opens it aside. Each function here is one of libharu's, and
 * hands its arguments on. */
#include "base/library.h"
#include "pdf/pdf.h"

#include <hpdf.h>

#define CALL(name, arguments) LIBRARY_CALL(BRIEFING_HPDF_SONAME, name, arguments)
#define PASS(name, arguments) LIBRARY_PASS(BRIEFING_HPDF_SONAME, name, arguments)

void pdf_library_open(void)
{
    library_load(BRIEFING_HPDF_SONAME);
}

HPDF_Stream HPDF_CallbackWriter_New(HPDF_MMgr mmgr, HPDF_Stream_Write_Func write_fn, void *data)
{
    CALL(HPDF_CallbackWriter_New, (mmgr, write_fn, data));
}

HPDF_STATUS HPDF_Dict_Add(HPDF_Dict dict, const char *key, void *object)
{
    CALL(HPDF_Dict_Add, (dict, key, object));
}

HPDF_STATUS HPDF_Dict_AddName(HPDF_Dict dict, const char *key, const char *value)
{
    CALL(HPDF_Dict_AddName, (dict, key, value));
}

HPDF_STATUS HPDF_Dict_AddNumber(HPDF_Dict dict, const char *key, HPDF_INT32 value)
{
    CALL(HPDF_Dict_AddNumber, (dict, key, value));
}

HPDF_Dict HPDF_Dict_New(HPDF_MMgr mmgr)
{
    CALL(HPDF_Dict_New, (mmgr));
}

HPDF_STATUS HPDF_Dict_RemoveElement(HPDF_Dict dict, const char *key)
{
    CALL(HPDF_Dict_RemoveElement, (dict, key));
}

void HPDF_Free(HPDF_Doc document)
{
    PASS(HPDF_Free, (document));
}

HPDF_STATUS HPDF_GetError(HPDF_Doc document)
{
    CALL(HPDF_GetError, (document));
}

HPDF_Doc HPDF_NewEx(HPDF_Error_Handler on_error, HPDF_Alloc_Func allocate, HPDF_Free_Func release,
                    HPDF_UINT pool_size, void *data)
{
    CALL(HPDF_NewEx, (on_error, allocate, release, pool_size, data));
}

void HPDF_Obj_ForceFree(HPDF_MMgr mmgr, void *obj)
{
    PASS(HPDF_Obj_ForceFree, (mmgr, obj));
}

HPDF_STATUS HPDF_Obj_WriteValue(void *object, HPDF_Stream stream, HPDF_Encrypt encryption)
{
    CALL(HPDF_Obj_WriteValue, (object, stream, encryption));
}

void HPDF_Stream_Free(HPDF_Stream stream)
{
    PASS(HPDF_Stream_Free, (stream));
}

HPDF_STATUS HPDF_Stream_Write(HPDF_Stream stream, const HPDF_BYTE *ptr, HPDF_UINT size)
{
    CALL(HPDF_Stream_Write, (stream, ptr, size));
}
