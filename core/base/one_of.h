// A value of one of many types, each named once: as std::variant, for lists that are long. The
// code of a variant grows with the square of its list, and for the till's commands that was half
// of all that a compiler made of the sources that name them; this one grows with the list.
//
// The value lies on the heap. Copies are deep; one that was moved from is assigned or destroyed.
#pragma once

#include <any>
#include <cstddef>
#include <functional>
#include <type_traits>
#include <utility>

namespace core {

template <typename First, typename... Others>
class OneOf {
  template <typename T>
  static constexpr bool is_listed = (std::is_same_v<T, First> || ... || std::is_same_v<T, Others>);

 public:
  OneOf() : OneOf(First{}) {}
  template <typename T>
  requires is_listed<T> OneOf(T value) : held_(std::move(value)), place_(place_of<T>()) {}

  template <typename T>
  bool is() const {
    return place_ == place_of<T>();
  }

  // Nothing where it is of another type.
  template <typename T>
  const T* as() const {
    return is<T>() ? std::any_cast<T>(&held_) : nullptr;
  }
  template <typename T>
  T* as() {
    return is<T>() ? std::any_cast<T>(&held_) : nullptr;
  }

  // Throws std::bad_any_cast where it is of another type.
  template <typename T>
  const T& get() const {
    return std::any_cast<const T&>(held_);
  }

  // Calls `handle` with the value; what it gives back is of one type for the whole list.
  template <typename Handle>
  auto visit(Handle&& handle) const {
    using Said = std::invoke_result_t<Handle&, const First&>;
    static constexpr Said (*calls[])(Handle&, const std::any&) = {call<Said, Handle, First>,
                                                                  call<Said, Handle, Others>...};
    return calls[place_](handle, held_);
  }

 private:
  template <typename T>
  static consteval std::size_t place_of() {
    static_assert(is_listed<T>);
    constexpr bool same[] = {std::is_same_v<T, First>, std::is_same_v<T, Others>...};
    std::size_t place = 0;
    while (!same[place]) ++place;
    return place;
  }
  template <typename Said, typename Handle, typename T>
  static Said call(Handle& handle, const std::any& held) {
    return handle(*std::any_cast<T>(&held));
  }

  std::any held_;
  std::size_t place_;
};

}  // namespace core
