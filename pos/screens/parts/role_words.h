// Roles as people read them, and what whoever is signed in may do. Pure; UI thread.
#pragma once

#include <string>

#include "pos/desk/scene.h"

namespace pos {

// In the reader's language where every shop has it, else as the shop named it.
std::string role_name(const core::StaffRole& role, const Words& words);
// "Discount up to 10 % · Refund up to 20.00"; empty: it has no limits.
std::string limits_text(const core::StaffRole& role, const Words& words);

// By right: without anybody's approval. Where nobody has to sign in, everybody may.
bool may(const Scene& scene, core::Permission permission);

}  // namespace pos
