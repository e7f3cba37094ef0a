// How a function says that it could not do what it was asked: a value or an
// error that names what the caller can do differently. We throw nothing.
#pragma once

#include <tl/expected.hpp>

namespace core {

template <class T, class E>
using Result = tl::expected<T, E>;

// "Nothing to return, and it worked."
struct Done {
  friend bool operator==(Done, Done) = default;
};

}  // namespace core
