(function () {
  'use strict';
  // The page is whole without this; it only adds a field that hides what does not match.
  var place = document.querySelector('nav > div');
  var items = document.querySelectorAll('.card, .members details');
  if (!place || !items.length) return;
  var label = document.createElement('label');
  var input = document.createElement('input');
  var status = document.createElement('span');
  label.className = 'filter';
  input.type = 'search';
  input.placeholder = 'Filter by name, id, member';
  input.setAttribute('aria-label', 'Filter by name, id or member');
  status.setAttribute('role', 'status');
  label.appendChild(input);
  place.appendChild(status);
  place.appendChild(label);
  var texts = null;
  var timer = 0;
  function apply() {
    var words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = 0;
    if (!texts) texts = Array.prototype.map.call(items, function (item) { return item.textContent.toLowerCase(); });
    for (var i = 0; i < items.length; i++) {
      var fits = words.every(function (word) { return texts[i].indexOf(word) >= 0; });
      items[i].hidden = !fits;
      if (fits) shown++;
    }
    status.textContent = words.length ? shown + ' of ' + items.length : '';
  }
  input.addEventListener('input', function () { clearTimeout(timer); timer = setTimeout(apply, 120); });
}());
