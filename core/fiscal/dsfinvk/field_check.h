// What a field of an export may hold: its length or form, its word. Pure.
#pragma once

#include <string>

#include "core/fiscal/dsfinvk/columns.h"

namespace core::dsfinvk {

// English, a sentence that begins with the column; empty: nothing is wrong.
std::string fault_of(const Column& column, const std::string& text);

}  // namespace core::dsfinvk
