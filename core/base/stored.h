// Enumerations that the store keeps as numbers. New enumerators are added at the end.
#pragma once

namespace core {

// How many there are; said beside each enumeration that is stored, so that a number
// that is none of them is noticed when it is read (Query::as).
template <class Enumeration>
inline constexpr int stored_count = 0;

}  // namespace core
